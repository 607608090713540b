"""What the pages of signing in answer."""

WRONG_PASSWORD = "The address or the password is not right."  # noqa: S105
TOO_MANY = "Too many attempts. Wait a quarter of an hour, then try again."
NOT_FINISHED = "Your sign-in has no second step yet. Ask an Owner for a new invitation."
WRONG_CODE = "This code is not right, or it was used already. Wait for the next one and type that."
WRONG_PASSKEY = "The passkey did not work. Try again, or type a code."
WRONG_NEW_PASSKEY = "The passkey could not be kept. Try again, or use an app."
WRONG_NEW_CODE = "This code is not right. Look whether your phone’s clock is, and type the code it shows now."
LAST_KEY = "This is the only one you have. Add another one first, then remove this one."
SIGN_IN_AGAIN = "You signed in a while ago. Sign out and in again to change your keys."
LAST_OWNER = (
    "This is the last Owner. Make somebody else an Owner first, and wait until they have set up their sign-in."
)

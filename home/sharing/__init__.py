"""The picture that goes with a shared link: each page gets one in the site's style, made when it is published."""

"""What tests do to the running sandbox (the fixture `sandbox`)."""


def fault(sandbox, vendor, kind, **more):
    sandbox.state.faults.add({"vendor": vendor, "kind": kind, **more})

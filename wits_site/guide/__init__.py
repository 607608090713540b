"""The guide's steps in a real browser: the tests walk them, and `make guide` takes its pictures on the way."""

"""Forms: a request filled in on one screen, and sent when it is complete.

In: a plan with `form: true`, presses, typed words. Out: a draft kept until it is sent, given up, or
a day old; an incident when it is sent. Forbidden here: starting anything that is not sent.
"""

"""Reporting: from what has happened to an incident under way, with all questions on the way.

`raising` and `plain_words` are how a report begins, `beginning` starts the incident, `questions`
asks, `answers` and `answer_buttons` hear, `offers` and `choosing` spare the typing, `facts` turns
what was sent into values, `silence` goes on where nobody answers any more. Forbidden here: what
follows from an answer (the engine decides).
"""

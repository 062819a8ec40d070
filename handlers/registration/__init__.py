"""Registration: how people come into the company, and go, all in the chat.

`visits` answers whoever the company does not know, `applications` what they ask for,
`decisions` what an administrator does about it, `people` and `person_card` whoever is registered.
"""

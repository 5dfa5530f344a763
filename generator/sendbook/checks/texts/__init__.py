"""Checks the texts that families and students read for things about other people that they may not know.

A projection takes out the fields that a reader may not see. It can't take a telephone number or a child's name out of a
sentence, so the sentences are looked through here, by the same scanner that looks through public pages.
``checks/texts`` finds words; what may be read on purpose all the same is settled in ``checks/waivers``.
"""

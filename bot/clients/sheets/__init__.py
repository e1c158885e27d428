"""Reads the sheets of a report, in a process of its own that may die.

Only the standard library, python-calamine and what of ours needs no more come in here, so that the process starts fast
and has nothing to lose.
`bot.clients.workbook` starts it and reads what it prints.
"""

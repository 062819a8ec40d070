"""Directing: what those do who look after an incident from a desk.

Report for somebody (`filing`), merge, choose the spare, reassign, cancel a mistake, hand over a
shift, give orders. Forbidden here: rights beyond one region's command, which `plans` judges.
"""

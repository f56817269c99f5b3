"""How an answer is put.

compose         decides on the form
extractive      plainly: one to three sentences
aboutness       counts in a place, deeds of a person
table           values that differ by date or by source
values, versions, series    what a table is made of
timeline        what happened when
sources         who says something
parts           several things asked for at once
nearest         another period, edition or language than the one asked for
refusal         nothing answers
further         questions to go on with
"""

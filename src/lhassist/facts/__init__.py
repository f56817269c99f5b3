"""The figures and the points in time that a text gives, with their places in it.

    dates           periods: years, halves, quarters, months
    relative        dates that need another date to be understood
    moments         points in time in any way of naming them: reigns, dynasties, decades
    numbers         figures in any of their forms, with unit, rank and change

All functions take folded (Simplified) text unless they say otherwise.
"""

"""Our own generator: class-conditional flow matching, trained here on 1797 handwritten digits.

What is learnt is the writing; paper and ink are drawn by rule from the same seed.
"""

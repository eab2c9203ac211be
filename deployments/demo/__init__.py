"""Sample weeks of the first district: what its reporters would have sent, as stories and as real files.

`story/` tells what each reporter says and how its officer writes it; `inbox/` and `late/` are the files
made of it.
"""

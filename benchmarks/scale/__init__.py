"""Large made-up data packages with faults whose places are known, and the programs that validate them."""

"""Small protocols, simulated on few samples, for the tests of reports."""

from corneum.treatment import Result, parse_protocol, simulate

CRYSTAL = """
title = "Two zones & <b>three</b> sessions"
about = "Numbers for a test."
cite = ["tan_2001"]
[skin]
age = "61 y"
phototype = "V"
[course]
sessions = 3
interval = "7 d"
follow_up = "9 d"
[[step]]
zone = "cheek"
area = "1 cm2"
device = "crystal-venturi"
passes = 2
settings = { vacuum = "30 mmHg" }
[[step]]
zone = "chin"
area = "0.5 cm2"
device = "crystal-venturi"
passes = 4
speed = "12 mm/s"
settings = { vacuum = "30 kPa", flow = "20 g/min" }
"""
TAPE = """
title = "Tape"
[[step]]
zone = "forearm"
area = "0.25 cm2"
device = "tape"
settings = { count = "10 strips" }
"""
NOTHING = """
title = "Vacuum alone"
[course]
sessions = 2
[[step]]
zone = "forehead"
area = "0.5 cm2"
device = "vacuum"
speed = "20 mm/s"
settings = { vacuum = "20 kPa" }
"""
MASKED = """
title = "Through a mask"
[[step]]
zone = "thigh_hip"
area = "0.8 cm2"
device = "crystal-venturi"
hold = "20 s"
mask_hole = "125 um"
mask_spacing = "500 um"
pitch = "40 um"
settings = { vacuum = "-30 kPa" }
"""
DIAMOND = """
title = "Diamond"
[[step]]
zone = "cheek"
area = "1 cm2"
device = "diamond"
passes = 2
settings = { vacuum = "25 kPa", grit = "125 um" }
"""


def simulated(text: str, samples: int = 25, **how: object) -> Result:
    return simulate(parse_protocol(text), samples=samples, seed=3, **how)

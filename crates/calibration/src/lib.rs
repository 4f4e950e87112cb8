//! Speeds, turnout, time on scene and demand, fitted to a city's own record and scored on days they were not fitted to.

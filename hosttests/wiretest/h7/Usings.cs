global using Family = SharpProbe.Hal.H7.Family;

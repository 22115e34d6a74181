global using Family = SharpProbe.Hal.F7.Family;

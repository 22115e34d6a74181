global using ExternalInterrupt = SharpProbe.Hal.H7.ExternalInterrupt;
global using Family = SharpProbe.Hal.H7.Family;
global using InternalFlash = SharpProbe.Hal.H7.InternalFlash;

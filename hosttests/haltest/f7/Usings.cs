global using ExternalInterrupt = SharpProbe.Hal.F7.ExternalInterrupt;
global using Family = SharpProbe.Hal.F7.Family;
global using InternalFlash = SharpProbe.Hal.F7.InternalFlash;

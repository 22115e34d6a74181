namespace SharpProbe.Sim.Pins;

public enum SerialParity { None, Even, Odd }

namespace SharpProbe.Hal;

/// <summary>GPIOx_PUPDR.</summary>
public enum PinPull : uint { None = 0, Up = 1, Down = 2 }

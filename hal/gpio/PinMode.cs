namespace SharpProbe.Hal;

/// <summary>GPIOx_MODER.</summary>
public enum PinMode : uint { Input = 0, Output = 1, Alternate = 2, Analog = 3 }

namespace SharpProbe.Hal;

/// <summary>GPIOx_OSPEEDR.</summary>
public enum PinSpeed : uint { Low = 0, Medium = 1, High = 2, VeryHigh = 3 }

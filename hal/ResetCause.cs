namespace SharpProbe.Hal;

/// <summary>Why the chip last reset.</summary>
public enum ResetCause : byte { PowerOn, Pin, Software, Watchdog, Other }

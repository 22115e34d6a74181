namespace SharpProbe.Sim.Cpu.Execute;

/// <summary>The S bit.</summary>
internal static class FlagModes
{
    public readonly struct Set : IFlagMode { public static bool Sets => true; }
    public readonly struct Keep : IFlagMode { public static bool Sets => false; }
}

namespace SharpProbe.Sim.View;

/// <summary>The four values of a scalar in a value change dump (IEEE 1364, 18.2.1).</summary>
public enum VcdLevel
{
    Low = '0',
    High = '1',
    Floating = 'z',
    Conflict = 'x',
}

namespace SharpProbe.Sim.Fpu;

/// <summary>Rounding modes; the first four have FPSCR.RMode's numbers (ARMv7-M ARM A2.5.2), ties-away exists only in VCVTA and VRINTA.</summary>
public enum RoundingMode
{
    NearestEven = 0,
    TowardsPlus = 1,
    TowardsMinus = 2,
    TowardsZero = 3,
    NearestAway = 4,
}

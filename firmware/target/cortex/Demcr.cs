namespace SharpProbe.Target.Cortex;

/// <summary>Bits of DEMCR (DDI 0403E, C1.6.5).</summary>
static class Demcr
{
    public const uint VC_CORERESET = 1 << 0;
    public const uint VC_MMERR = 1 << 4;
    public const uint VC_NOCPERR = 1 << 5;
    public const uint VC_CHKERR = 1 << 6;
    public const uint VC_STATERR = 1 << 7;
    public const uint VC_BUSERR = 1 << 8;
    public const uint VC_INTERR = 1 << 9;
    public const uint VC_HARDERR = 1 << 10;
    public const uint TRCENA = 1 << 24;
}

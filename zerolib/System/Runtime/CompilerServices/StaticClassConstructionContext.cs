namespace System.Runtime.CompilerServices;

/// <summary>ilc's cell for a static constructor still to run; zero when it ran.</summary>
internal struct StaticClassConstructionContext
{
    public IntPtr cctorMethodAddress;
}

namespace SharpProbe.Sim.Gdb;

/// <summary>A watched range of addresses.</summary>
public readonly record struct Watchpoint(WatchKind Kind, uint Address, uint Size)
{
    public bool Hits(uint address, int width, bool write) =>
        address < Address + Size && Address < address + (uint)width && (Kind == WatchKind.Access || Kind == WatchKind.Write == write);
}

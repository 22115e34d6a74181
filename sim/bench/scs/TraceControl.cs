namespace SharpProbe.Sim.Scs;

/// <summary>A trace component of the H7's debug bus: its first register is kept, without effect.</summary>
public sealed class TraceControl : CoreSightBlock
{
    public TraceControl(string name) : base(name, 0x914, 0x90, lockable: false) => Add(new() { Name = "CTRL", Offset = 0 });
}

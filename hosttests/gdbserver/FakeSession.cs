using SharpProbe.Adi;
using SharpProbe.Target;

namespace SharpProbe.Tests.GdbServing;

/// <summary>One target, found by a scan.</summary>
internal sealed class FakeSession : TargetSession
{
    private readonly uint[] _heapInfo = new uint[4];
    private int _count;

    public FakeTarget Target { get; } = new();
    public FakeAccess Wire { get; } = new();
    public DebugFault ScanFault { get; set; }
    public DebugFault AttachFault { get; set; }
    private byte[] _commandLine = [];

    public override DebugAccess Access => Wire;

    public override DebugFault Scan(uint targetSel)
    {
        _count = ScanFault.Ok ? 1 : 0;
        return ScanFault;
    }

    public override int Count => _count;
    public override DebugTarget this[int index] => Target;
    public override DebugTarget? Current => Target.Attached ? Target : null;

    public override DebugFault Attach(int index) => AttachFault.Failed ? AttachFault : Target.Attach();

    public override DebugFault Detach() => Target.Attached ? Target.Detach() : DebugFault.None;

    public override bool ConnectUnderReset { get; set; }
    public override uint HaltTimeout { get; set; } = 2000;
    public override Span<uint> HeapInfo => _heapInfo;
    public override ReadOnlySpan<byte> CommandLine => _commandLine;
    public override void SetCommandLine(ReadOnlySpan<byte> text) => _commandLine = text.ToArray();
}

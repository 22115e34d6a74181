using SharpProbe.Conformance.Model;
using SharpProbe.Trace;

namespace SharpProbe.Tests.Dap;

/// <summary>A receiver of SWO as <see cref="ModelTrace"/> has it: all bytes come just after the start.</summary>
sealed class SuddenTrace : SwoLine
{
    private readonly byte[] _ring = new byte[ModelTrace.Size];
    private uint _received, _coming;

    /// <summary>To be told once.</summary>
    public bool Error { get; set; }

    public override uint Nearest(uint baud) => ModelTrace.Nearest(baud);

    public override void Start(uint baud) => _coming = ModelTrace.Come(baud);

    public override void Stop() { }

    public override uint Received
    {
        get
        {
            uint now = _received;
            for (; _coming > 0; _coming--, _received++) _ring[_received % (uint)_ring.Length] = ModelTrace.ByteAt(_received);
            return now;
        }
    }

    public override ReadOnlySpan<byte> Ring => _ring;

    public override bool TakeError()
    {
        bool error = Error;
        Error = false;
        return error;
    }
}

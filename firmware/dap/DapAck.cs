using SharpProbe.Wire;

namespace SharpProbe.Dap;

/// <summary>The response byte of a transfer: the three bits of the acknowledge, bit 3 protocol error, bit 4 value mismatch (CMSIS-DAP 2.1, "DAP_Transfer").</summary>
static class DapAck
{
    public const int Ok = 1, Wait = 2, Fault = 4, NoAnswer = 7, ProtocolError = 8, Mismatch = 0x10;

    /// <summary>Wrong parity, and acknowledges that are none, are protocol errors.</summary>
    public static int Of(SwdAck ack) => ack is SwdAck.Ok or SwdAck.Wait or SwdAck.Fault or SwdAck.NoAnswer ? (int)ack : ProtocolError;
}

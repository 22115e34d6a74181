using System;

namespace SharpProbe.Dap;

/// <summary>Knows no command yet: each request gets the response to an invalid one (CMSIS-DAP 2.1, "DAP_Invalid"), so that no host waits.</summary>
public sealed class InvalidCommands : DapServer
{
    private const byte Invalid = 0xFF;

    public override int Answer(ReadOnlySpan<byte> request, Span<byte> response)
    {
        if (response.IsEmpty) return 0;
        response[0] = Invalid;
        return 1;
    }
}

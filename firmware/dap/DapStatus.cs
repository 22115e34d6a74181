namespace SharpProbe.Dap;

/// <summary>The status byte of a response (CMSIS-DAP 2.1, "Response Status").</summary>
static class DapStatus
{
    public const byte Ok = 0, Error = 0xFF;

    public static byte Of(bool ok) => ok ? Ok : Error;
}

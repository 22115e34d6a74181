namespace SharpProbe.Usb.Dap;

/// <summary>bRequest (HID 1.11, 7.2).</summary>
static class HidRequest
{
    public const byte GetReport = 1, GetIdle = 2, GetProtocol = 3, SetReport = 9, SetIdle = 10, SetProtocol = 11;
}

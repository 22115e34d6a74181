namespace SharpProbe.Tests.UsbIp;

/// <summary>USBIP_RET_SUBMIT or USBIP_RET_UNLINK.</summary>
/// <param name="Status">0 or -errno.</param>
internal sealed record UsbIpAnswer(bool IsUnlink, uint Sequence, int Status, int Length, byte[] Data);

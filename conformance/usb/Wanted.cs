using System.Globalization;

namespace SharpProbe.Conformance.Usb;

/// <summary>Which probe, where several are plugged in.</summary>
/// <param name="serial">A part of the serial number; null: any.</param>
/// <param name="ids">"VVVV:PPPP"; null: any.</param>
sealed class Wanted(string? serial, string? ids)
{
    private readonly int[]? _ids = ids is null ? null
        : ids.Split(':') is [var vendor, var product] ? [int.Parse(vendor, NumberStyles.HexNumber, CultureInfo.InvariantCulture), int.Parse(product, NumberStyles.HexNumber, CultureInfo.InvariantCulture)] : throw new FormatException("--vid-pid: two numbers in hex, VVVV:PPPP");

    public bool Is(int vendor, int product) => _ids is null || _ids[0] == vendor && _ids[1] == product;

    public bool Is(string number) => serial is null || number.Contains(serial, StringComparison.OrdinalIgnoreCase);

    public override string ToString() => $"{(ids is null ? "" : $" {ids}")}{(serial is null ? "" : $" with serial number {serial}")}";
}

using System;

namespace SharpProbe.App;

/// <summary>What the probe calls itself.</summary>
public static class Product
{
    public static ReadOnlySpan<byte> Name => "SharpProbe"u8;
    public static ReadOnlySpan<byte> Version => "0.1.0"u8;
}

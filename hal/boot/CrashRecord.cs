using System;
using System.Runtime.InteropServices;

namespace SharpProbe.Hal;

/// <summary>What a fault leaves behind in memory that a reset does not clear. Valid when the seal fits the contents.</summary>
[StructLayout(LayoutKind.Sequential)]
public unsafe struct CrashRecord
{
    public const int MaxReturns = 8, MaxMessage = 48;

    private const uint Magic = 0x43524153;

    private uint _magic;
    private uint _seal;
    /// <summary>Exception number (IPSR); 0 for fail fast.</summary>
    public uint Exception;
    public uint Pc, Cfsr, Hfsr, Mmfar, Bfar;
    public uint ReturnCount;
    public fixed uint Returns[MaxReturns];
    public uint MessageLength;
    public fixed byte Message[MaxMessage];

    public readonly bool IsValid => _magic == Magic && _seal == Seal();

    public void Close()
    {
        _magic = Magic;
        _seal = Seal();
    }

    public void Erase() => _magic = 0;

    public void SetMessage(string text)
    {
        MessageLength = (uint)Math.Min(text.Length, MaxMessage);
        for (int i = 0; i < MessageLength; i++) Message[i] = (byte)text[i];
    }

    /// <summary>FNV-1a over everything behind the seal.</summary>
    private readonly uint Seal()
    {
        uint hash = 2166136261;
        fixed (uint* start = &Exception)
            for (uint* w = start; w < start + (sizeof(CrashRecord) - 8) / 4; w++) hash = (hash ^ *w) * 16777619;
        return hash;
    }
}

using System;
using SharpProbe.Adi;
using SharpProbe.Target;

namespace SharpProbe.Gdb;

/// <summary>
/// g G p P: registers. "g" holds r0 to r15 and xPSR, which is what every stop needs; gdb asks for the others one by one, when somebody looks at them (gdb manual, 'g' packet: a short
/// reply is allowed).
/// </summary>
static unsafe class RegisterPackets
{
    /// <summary>Registers in "g".</summary>
    private const int General = 17;

    public static GdbPacket[] Rows() =>
    [
        new("g"u8, &ReadAll),
        new("G"u8, &WriteAll),
        new("p"u8, &Read),
        new("P"u8, &Write),
    ];

    private static void ReadAll(GdbServer gdb, ref PacketReader request)
    {
        if (!gdb.TryTarget(out DebugTarget target)) return;
        Span<byte> buffer = stackalloc byte[16];
        int given = 0;
        for (int number = 0; number < target.RegisterCount && given < General; number++)
        {
            int size = target.RegisterSize(number);
            if (size == 0) continue;
            Span<byte> value = buffer[..Math.Min(size, buffer.Length)];
            DebugFault fault = target.ReadRegister(number, value);
            if (fault.Failed)
            {
                gdb.Fail(fault);
                return;
            }
            gdb.Reply.WriteHexBytes(value);
            given++;
        }
    }

    private static void WriteAll(GdbServer gdb, ref PacketReader request)
    {
        if (!gdb.TryTarget(out DebugTarget target)) return;
        Span<byte> buffer = stackalloc byte[16];
        DebugFault fault = request.AtEnd ? FaultKind.BadArgument : DebugFault.None;
        for (int number = 0; number < target.RegisterCount && !request.AtEnd && fault.Ok; number++)
        {
            int size = target.RegisterSize(number);
            if (size == 0) continue;
            Span<byte> value = buffer[..Math.Min(size, buffer.Length)];
            fault = request.TryHexBytes(value) ? target.WriteRegister(number, value) : FaultKind.BadArgument;
        }
        gdb.Answer(fault);
    }

    /// <summary>p number</summary>
    private static void Read(GdbServer gdb, ref PacketReader request)
    {
        if (!gdb.TryTarget(out DebugTarget target)) return;
        if (!TryNumber(ref request, target, out int number))
        {
            gdb.Fail(FaultKind.NoSuchRegister);
            return;
        }
        Span<byte> buffer = stackalloc byte[16];
        Span<byte> value = buffer[..Math.Min(target.RegisterSize(number), buffer.Length)];
        DebugFault fault = target.ReadRegister(number, value);
        if (fault.Failed) gdb.Fail(fault);
        else gdb.Reply.WriteHexBytes(value);
    }

    /// <summary>P number=value</summary>
    private static void Write(GdbServer gdb, ref PacketReader request)
    {
        if (!gdb.TryTarget(out DebugTarget target)) return;
        Span<byte> buffer = stackalloc byte[16];
        DebugFault fault = FaultKind.NoSuchRegister;
        if (TryNumber(ref request, target, out int number))
        {
            Span<byte> value = buffer[..Math.Min(target.RegisterSize(number), buffer.Length)];
            fault = request.TryTake('=') && request.TryHexBytes(value) ? target.WriteRegister(number, value) : FaultKind.BadArgument;
        }
        gdb.Answer(fault);
    }

    private static bool TryNumber(ref PacketReader request, DebugTarget target, out int number)
    {
        bool given = request.TryHex(out uint value);
        number = (int)value;
        return given && value < (uint)target.RegisterCount && target.RegisterSize(number) != 0;
    }
}

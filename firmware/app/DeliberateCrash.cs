using System;
using System.Runtime.CompilerServices;

namespace SharpProbe.App;

/// <summary>Faults on request, so that the crash report can be seen to work on the board at hand. Each method's name is what the report must show.</summary>
public static unsafe class DeliberateCrash
{
    public static ReadOnlySpan<byte> Names => "badaddress|null|div0|stack|unaligned|index|undefined|watchdog"u8;

    /// <summary>Space of an FMC bank that no board uses, and a device register one byte on (RM0431 2.2.2, RM0433 2.3.2).</summary>
    private const uint NoMemory = 0x6FFF_FFF0, DeviceRegister = 0x4002_0001;

    /// <summary>False when the name is not known; otherwise does not return.</summary>
    public static bool Run(ReadOnlySpan<byte> name)
    {
        if (name.SequenceEqual("badaddress"u8)) BadAddress(NoMemory);
        else if (name.SequenceEqual("null"u8)) NullReference(null);
        else if (name.SequenceEqual("div0"u8)) DivideByZero(0);
        else if (name.SequenceEqual("stack"u8)) StackOverflow(1);
        else if (name.SequenceEqual("unaligned"u8)) UnalignedDevice(DeviceRegister);
        else if (name.SequenceEqual("index"u8)) IndexOutOfRange(4);
        else if (name.SequenceEqual("undefined"u8)) UndefinedInstruction();
        else if (name.SequenceEqual("watchdog"u8)) Hang();
        else return false;
        return true;
    }

    private static volatile int s_sink;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void BadAddress(uint address) => s_sink = *(int*)address;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void NullReference(byte[]? array) => s_sink = array!.Length;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void DivideByZero(int divisor) => s_sink = 1 / divisor;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int StackOverflow(int depth)
    {
        int* frame = stackalloc int[16];
        frame[depth & 15] = depth;
        return StackOverflow(depth + 1) + frame[depth & 7];
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void UnalignedDevice(uint address) => s_sink = *(short*)address;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void IndexOutOfRange(int index)
    {
        Span<int> four = stackalloc int[4];
        s_sink = four[index];
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void UndefinedInstruction()
    {
        ushort* code = stackalloc ushort[2];
        code[0] = 0xDE00;                                    // UDF #0 (DDI 0403E, A7.7.194)
        code[1] = 0x4770;                                    // BX LR
        ((delegate*<void>)((uint)code | 1))();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Hang()
    {
        while (true) s_sink++;
    }
}

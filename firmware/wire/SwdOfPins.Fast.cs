using System.Numerics;
using System.Runtime.CompilerServices;

namespace SharpProbe.Wire;

/// <content>At full speed and the step below it: nothing but the bus gives the clock its time.</content>
public sealed partial class Swd<TPins>
{
    /// <summary>Eight bits, the first where SWDIO is in a word; returns the word with the next bit there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Out8<TStep>(uint bits, nuint port, uint low, uint high, uint mask) where TStep : struct, IStep
    {
        TPins.Store(port, bits & mask | low); TStep.Hold(port); TPins.Store(port, high); bits = BitOperations.RotateRight(bits, 1);
        TPins.Store(port, bits & mask | low); TStep.Hold(port); TPins.Store(port, high); bits = BitOperations.RotateRight(bits, 1);
        TPins.Store(port, bits & mask | low); TStep.Hold(port); TPins.Store(port, high); bits = BitOperations.RotateRight(bits, 1);
        TPins.Store(port, bits & mask | low); TStep.Hold(port); TPins.Store(port, high); bits = BitOperations.RotateRight(bits, 1);
        TPins.Store(port, bits & mask | low); TStep.Hold(port); TPins.Store(port, high); bits = BitOperations.RotateRight(bits, 1);
        TPins.Store(port, bits & mask | low); TStep.Hold(port); TPins.Store(port, high); bits = BitOperations.RotateRight(bits, 1);
        TPins.Store(port, bits & mask | low); TStep.Hold(port); TPins.Store(port, high); bits = BitOperations.RotateRight(bits, 1);
        TPins.Store(port, bits & mask | low); TStep.Hold(port); TPins.Store(port, high); bits = BitOperations.RotateRight(bits, 1);
        return bits;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void OutFast(uint bits, int count) => OutBy<AtOnce>(bits, count);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void OutHeld(uint bits, int count) => OutBy<Held>(bits, count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void OutBy<TStep>(uint bits, int count) where TStep : struct, IStep
    {
        nuint port = _port;
        uint low = _lowWithData, high = _high, mask = _mask;
        bits = BitOperations.RotateLeft(bits, TPins.Swdio);
        for (; count >= 8; count -= 8) bits = Out8<TStep>(bits, port, low, high, mask);
        for (; count > 0; count--)
        {
            TPins.Store(port, bits & mask | low); TStep.Hold(port); TPins.Store(port, high); bits = BitOperations.RotateRight(bits, 1);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private uint InFast(int count)
    {
        nuint port = _port;
        uint bits = 0, low = _low, high = _high, mask = _mask, pin;
        for (int left = count; left > 0; left--)
        {
            TPins.Store(port, low); pin = TPins.Load(port); TPins.Store(port, high); bits = BitOperations.RotateRight(bits | pin & mask, 1);
        }
        return BitOperations.RotateRight(bits, TPins.Swdio - count & 31);
    }

    /// <summary>As <see cref="AskPaced"/>. In one piece with what follows: a call or return that the core did not foresee costs as much as a clock.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint AskFast<TStep>(uint request, nuint port, uint low, uint lowWithData, uint high, uint mask) where TStep : struct, IStep
    {
        _ = Out8<TStep>(BitOperations.RotateLeft(request, TPins.Swdio), port, lowWithData, high, mask);
        TPins.Release();
        TPins.Store(port, low); TStep.Hold(port); TPins.Store(port, high);
        uint bits = 0, pin;
        TPins.Store(port, low); pin = TPins.Load(port); TPins.Store(port, high); bits = BitOperations.RotateRight(bits | pin & mask, 1);
        TPins.Store(port, low); pin = TPins.Load(port); TPins.Store(port, high); bits = BitOperations.RotateRight(bits | pin & mask, 1);
        TPins.Store(port, low); pin = TPins.Load(port); TPins.Store(port, high); bits = BitOperations.RotateRight(bits | pin & mask, 1);
        return BitOperations.RotateRight(bits, TPins.Swdio - 3 & 31);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint WriteFast<TStep>(uint request, uint value) where TStep : struct, IStep
    {
        nuint port = _port;
        uint low = _low, lowWithData = _lowWithData, high = _high, mask = _mask;
        uint ack = AskFast<TStep>(request, port, low, lowWithData, high, mask);
        TPins.Store(port, low);
        uint bits = BitOperations.RotateLeft(value, TPins.Swdio), parity = Parity(value) << TPins.Swdio | lowWithData;   // while the bus is busy
        TStep.Hold(port);
        TPins.Store(port, high);
        if (ack != (uint)SwdAck.Ok) return ack;
        TPins.Drive();
        bits = Out8<TStep>(bits, port, lowWithData, high, mask);
        bits = Out8<TStep>(bits, port, lowWithData, high, mask);
        bits = Out8<TStep>(bits, port, lowWithData, high, mask);
        _ = Out8<TStep>(bits, port, lowWithData, high, mask);
        TPins.Store(port, parity); TStep.Hold(port); TPins.Store(port, high);
        return ack;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint ReadFast<TStep>(uint request, out uint value) where TStep : struct, IStep
    {
        nuint port = _port;
        uint low = _low, high = _high, mask = _mask;
        uint ack = AskFast<TStep>(request, port, low, _lowWithData, high, mask);
        uint bits = 0, parity = 0;
        if (ack == (uint)SwdAck.Ok)
        {
            if (!TPins.HasShifter)
            {
                bits = PinBits<TPins>.In8(bits, port, port, low, high, mask);
                bits = PinBits<TPins>.In8(bits, port, port, low, high, mask);
                bits = PinBits<TPins>.In8(bits, port, port, low, high, mask);
                bits = PinBits<TPins>.In8(bits, port, port, low, high, mask);
                bits = BitOperations.RotateRight(bits, TPins.Swdio);
            }
            else bits = _shifts ? TPins.ShiftIn() : InFast(32);
            TPins.Store(port, low); parity = TPins.Load(port); TPins.Store(port, high);
            parity = Parity(bits) ^ parity >> TPins.Swdio & 1;
            TPins.Store(port, low); TStep.Hold(port); TPins.Store(port, high);
            TPins.Drive();
            if (parity != 0) ack = (uint)SwdAck.Parity;
        }
        else
        {
            TPins.Store(port, low); TStep.Hold(port); TPins.Store(port, high);
        }
        value = bits;
        return ack;
    }

    /// <summary>One copy of each: blocks at this clock can afford the call.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private uint WriteHeld(uint request, uint value) => WriteFast<Held>(request, value);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private uint ReadHeld(uint request, out uint value) => ReadFast<Held>(request, out value);

    /// <summary>What a clock out has between its edges.</summary>
    private interface IStep
    {
        static abstract void Hold(nuint port);
    }

    private struct AtOnce : IStep
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Hold(nuint port) { }
    }

    /// <summary>A store that changes no pin makes a clock half as long again: what comes next below full speed, where a delay loop would take more. Clocks in have their load instead.</summary>
    private struct Held : IStep
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Hold(nuint port) => TPins.Store(port, 0);
    }
}

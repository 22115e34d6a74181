using System.Numerics;
using System.Runtime.CompilerServices;

namespace SharpProbe.Wire;

/// <content>A delay in each half of a clock; any turnaround, and a data phase after WAIT and FAULT.</content>
public sealed partial class Swd<TPins>
{
    /// <summary>Request, turnaround and acknowledge; the line stays released.</summary>
    private uint AskPaced(uint request)
    {
        OutPaced(request, 8);
        TPins.Release();
        _ = InPaced(_turnaround);
        return InPaced(3);
    }

    private uint WritePaced(uint request, uint value)
    {
        uint ack = AskPaced(request);
        _ = InPaced(_turnaround);
        if (ack != (uint)SwdAck.Ok && !HasDataPhase(ack)) return ack;
        if (ack != (uint)SwdAck.Ok) value = 0;
        TPins.Drive();
        OutPaced(value, 32);
        OutPaced(Parity(value), 1);
        return ack;
    }

    private uint ReadPaced(uint request, out uint value)
    {
        value = 0;
        uint ack = AskPaced(request);
        bool good = true;
        if (ack == (uint)SwdAck.Ok)
        {
            value = _shifts ? TPins.ShiftIn() : InPaced(32);
            good = Parity(value) == InPaced(1);
        }
        else if (HasDataPhase(ack))
        {
            _ = InPaced(32);
            _ = InPaced(1);
        }
        _ = InPaced(_turnaround);
        if (ack == (uint)SwdAck.Ok) TPins.Drive();
        return good ? ack : (uint)SwdAck.Parity;
    }

    private bool HasDataPhase(uint ack) => _dataPhase && (ack == (uint)SwdAck.Wait || ack == (uint)SwdAck.Fault);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void OutPaced(uint bits, int count)
    {
        nuint port = _port;
        uint low = _out.Low, high = _out.High;
        bits = BitOperations.RotateLeft(bits, TPins.Swdio);
        do
        {
            TPins.Store(port, bits & _mask | _lowWithData);
            TPins.Wait(low);
            TPins.Store(port, _high);
            TPins.Wait(high);
            bits = BitOperations.RotateRight(bits, 1);
        }
        while (--count > 0);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private uint InPaced(int count)
    {
        nuint port = _port;
        uint bits = 0, low = _in.Low, high = _in.High;
        int left = count;
        do
        {
            TPins.Store(port, _low);
            TPins.Wait(low);
            uint pin = TPins.Load(port);
            TPins.Store(port, _high);
            TPins.Wait(high);
            bits = BitOperations.RotateRight(bits | pin & _mask, 1);
        }
        while (--left > 0);
        return BitOperations.RotateRight(bits, TPins.Swdio - count & 31);
    }
}

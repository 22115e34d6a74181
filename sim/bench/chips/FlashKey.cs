using SharpProbe.Sim.Cpu;

namespace SharpProbe.Sim.Chips;

/// <summary>A lock of ST's flash controllers: two keys in turn open it. A wrong key, or one while it is open, leaves it shut until reset.</summary>
/// <param name="first">First key.</param>
/// <param name="second">Second key.</param>
/// <param name="refuse">Called with a wrong key, which most controllers answer with a bus error (<see cref="BusError"/>).</param>
public sealed class FlashKey(uint first, uint second, Action<uint> refuse)
{
    private bool _half, _dead;

    /// <summary>The keys of the control register, the same in every family.</summary>
    public static FlashKey Control(Action<uint> refuse) => new(0x4567_0123, 0xCDEF_89AB, refuse);

    /// <summary>The keys of the option bytes, the same from the F2 on.</summary>
    public static FlashKey Options(Action<uint> refuse) => new(0x0819_2A3B, 0x4C5D_6E7F, refuse);

    public void Reset() => (_half, _dead) = (false, false);

    /// <summary>Takes a key. True: it was the second of two right ones.</summary>
    /// <param name="isWelcome">False: any key is a wrong one now.</param>
    public bool Opens(uint key, bool isWelcome = true)
    {
        if (_dead || !isWelcome || key != (_half ? second : first))
        {
            _dead = true;
            refuse(key);
            return false;
        }
        _half = !_half;
        return !_half;
    }

    /// <summary>What the bus says to a wrong key.</summary>
    /// <param name="address">Of the key register.</param>
    public static void BusError(uint address) => throw new CoreFault(FaultKind.PreciseBus, address);
}

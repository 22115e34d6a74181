using System.Numerics;

namespace SharpProbe.Sim.Scs;

/// <summary>One bit for each of the 256 exception numbers.</summary>
public sealed class ExceptionSet
{
    private readonly ulong[] _words = new ulong[4];

    public bool this[int number]
    {
        get => (_words[number >> 6] >> number & 1) != 0;
        set
        {
            ulong bit = 1UL << number;
            if (value) _words[number >> 6] |= bit; else _words[number >> 6] &= ~bit;
        }
    }

    public void Clear() => Array.Clear(_words);

    /// <summary>The 32 bits from <paramref name="first"/> on, as an NVIC bank register shows them.</summary>
    public uint Word(int first)
    {
        uint value = 0;
        for (int i = 0; i < 32 && first + i < 256; i++)
            if (this[first + i]) value |= 1u << i;
        return value;
    }

    /// <summary>Members of both sets in rising order.</summary>
    public NumberEnumerator And(ExceptionSet other) => new(this, other);

    /// <summary>Members in rising order.</summary>
    public NumberEnumerator GetEnumerator() => new(this, this);

    /// <summary>Walks the common bits of two sets without allocating.</summary>
    public struct NumberEnumerator(ExceptionSet a, ExceptionSet b)
    {
        private int _word = -1;
        private ulong _bits;

        public int Current { get; private set; }
        public readonly NumberEnumerator GetEnumerator() => this;

        public bool MoveNext()
        {
            while (_bits == 0)
            {
                if (++_word == 4) return false;
                _bits = a._words[_word] & b._words[_word];
            }
            int bit = BitOperations.TrailingZeroCount(_bits);
            Current = _word * 64 + bit;
            _bits &= _bits - 1;
            return true;
        }
    }
}

namespace SharpProbe.Sim.Adi;

/// <summary>What a debug port has behind one number of APSEL (IHI 0031E, chapter C1): registers by their address, IDR at 0xFC.</summary>
public abstract class ApBlock
{
    /// <summary>The chip behind it has power.</summary>
    public abstract bool Powered { get; }

    /// <summary>Femtoseconds at which the last access is complete.</summary>
    public ulong ReadyAt { get; protected set; }

    /// <summary>Given the time and a sentence for what a host should not do.</summary>
    internal Action<ulong, string>? Found { get; set; }

    public abstract void PowerOn();

    /// <summary>An access to this register is one on a bus: it takes time and may fail.</summary>
    internal virtual bool IsMemory(int register) => false;

    /// <summary>The memory address that such an access has now.</summary>
    internal virtual uint AddressOf(int register) => 0;

    /// <summary>False: bus error.</summary>
    internal abstract bool Read(int register, ulong now, out uint value);

    /// <summary>False: bus error.</summary>
    internal abstract bool Write(int register, uint value, ulong now);
}

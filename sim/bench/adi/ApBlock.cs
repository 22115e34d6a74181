namespace SharpProbe.Sim.Adi;

/// <summary>What a debug port has behind one number of APSEL (IHI 0031E, chapter C1): registers by their address, IDR at 0xFC. With ADIv6 at one address: 4 KB of registers, IDR at 0xDFC (IHI 0074).</summary>
public abstract class ApBlock
{
    /// <summary>The chip behind it has power.</summary>
    public abstract bool Powered { get; }

    /// <summary>Femtoseconds at which the last access is complete.</summary>
    public virtual ulong ReadyAt { get; protected set; }

    /// <summary>Given the time and a sentence for what a host should not do.</summary>
    internal virtual Action<ulong, string>? Found { get; set; }

    /// <summary>Answers without CDBGPWRUPREQ.</summary>
    internal virtual bool IsAlwaysOn => false;

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

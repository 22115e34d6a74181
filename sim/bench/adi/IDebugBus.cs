namespace SharpProbe.Sim.Adi;

/// <summary>What an AHB-AP is master of: a target chip's bus. Accesses happen at the present time of the bench.</summary>
public interface IDebugBus
{
    /// <summary>The chip has power and its debug domain a clock.</summary>
    bool Powered { get; }

    /// <summary>CSW.DeviceEn: the chip lets a debugger onto the bus at all.</summary>
    bool Enabled { get; }

    /// <summary>One access of 1, 2 or 4 bytes, aligned. False: bus error. <paramref name="readyAt"/>: femtoseconds at which it is complete; the AP answers WAIT until then.</summary>
    bool Read(uint address, int width, out uint value, out ulong readyAt);

    bool Write(uint address, uint value, int width, out ulong readyAt);
}

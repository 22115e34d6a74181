namespace SharpProbe.Adi;

/// <summary>
/// A door into a chip that is no MEM-AP: an access port of the chip's maker (Nordic's CTRL-AP, NXP's MDM-AP), or a debug port whose power request does something of its own (the RP2040's rescue
/// port). It answers when the chip's memory does not.
/// </summary>
public abstract class ControlPort
{
    /// <summary>Number on its debug port; with ADIv6 its address there.</summary>
    public abstract uint Index { get; }

    /// <summary>IDR; 0: the debug port itself, which has not been powered up.</summary>
    public abstract uint Idr { get; }

    /// <summary>TARGETSEL of its debug port; 0: that is alone on its wire.</summary>
    public abstract uint TargetSel { get; }

    public abstract DebugFault Read(uint register, out uint value);

    /// <summary>Returns when the write is done.</summary>
    public abstract DebugFault Write(uint register, uint value);

    /// <summary>CSW of a MEM-AP on the same debug port: bit 6, DeviceEn, says whether it lets accesses through.</summary>
    public abstract DebugFault ReadCsw(uint port, out uint value);

    /// <summary>Connects to the debug port anew, requests its power and takes the request back: the RP2040's rescue port restarts the chip by that.</summary>
    public abstract DebugFault PulsePower();
}

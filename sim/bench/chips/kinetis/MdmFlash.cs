namespace SharpProbe.Sim.Chips.Kinetis;

/// <summary>A flash module whose configuration field closes the debug port and leaves the MDM-AP alone as the way in.</summary>
public abstract class MdmFlash(Die die) : TargetFlash(die)
{
    public override uint Latency => 0;
    public override bool HidesWaitStates => true;
    public override bool HardwareWatchdog => false;
    public override int ProtectionLevel => IsSecured ? 1 : 0;

    /// <summary>FSEC.SEC is not 10b: the debug port has the MDM-AP alone.</summary>
    public abstract bool IsSecured { get; }

    /// <summary>The MDM-AP may erase everything.</summary>
    public virtual bool MayMassErase => true;

    /// <summary>FSEC.KEYEN is 10b.</summary>
    public abstract bool HasBackdoor { get; }

    /// <summary>Erases everything whatever is protected, and makes the part unsecure, in its configuration field too.</summary>
    /// <param name="finished">Called at its end.</param>
    /// <returns>False: FSEC forbids it, or a command is running.</returns>
    public abstract bool EraseFromOutside(Action finished);
}

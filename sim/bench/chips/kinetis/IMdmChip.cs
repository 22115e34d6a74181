namespace SharpProbe.Sim.Chips.Kinetis;

/// <summary>What the MDM-AP sees of its chip and does to it.</summary>
public interface IMdmChip
{
    bool Powered { get; }
    bool IsSecured { get; }
    bool MayMassErase { get; }
    bool HasBackdoor { get; }
    bool InReset { get; }
    bool IsHalted { get; }
    bool IsSleeping { get; }

    /// <summary>A mass erase that was asked for begins at the end of the reset only, and the core is held until it is over.</summary>
    bool ErasesAfterReset { get; }

    /// <summary>Brings the chip to the present time.</summary>
    void CatchUp();

    /// <summary>Puts the system into reset, or lets it go.</summary>
    void HoldSystem(bool on);

    /// <summary>The core, held at the end of a reset, may begin.</summary>
    void ReleaseCore();

    void RequestHalt();

    /// <summary>Calls back at the end. False: it is forbidden.</summary>
    bool EraseAll(Action finished);
}

namespace SharpProbe.Conformance.Model;

/// <summary>The pins of a model probe and the target behind them.</summary>
interface IModelWire
{
    int Turnaround { get; set; }

    /// <summary>A data phase after WAIT and FAULT too.</summary>
    bool AlwaysData { get; set; }

    bool ResetLow { get; set; }

    /// <summary>Bits as in DAP_SWJ_Pins.</summary>
    int Pins { get; }

    void Connect();

    void Disconnect();

    void SetClock(bool level);

    void SetData(bool level);

    void Drive(bool driving);

    void Out(ulong bits, int count);

    ulong In(int count);

    /// <summary>TDI becomes an output, high.</summary>
    void ConnectJtag() => throw new NotSupportedException("a wire without TDI");

    void DisconnectJtag() { }

    void SetTdi(bool level) => throw new NotSupportedException("a wire without TDI");

    /// <summary>TDI, then TMS with the falling edge, then the rising one; returns what TDO was before that.</summary>
    bool ClockJtag(bool tms, bool tdi) => throw new NotSupportedException("a wire without TDI");

    /// <summary>One transaction; returns the response byte of DAP_Transfer.</summary>
    int Transact(int request, ref uint value);
}

//! Messages that follow their tables, to be changed in one place each.

use preclear::forms::table::{Element, Form, Forms, Kind, Preset};
use std::fmt::Write as _;

/// An element, as it will be written.
#[derive(Clone, Debug, Default)]
pub struct Xml {
    pub name: String,
    pub signature: bool,
    pub attributes: String,
    /// Written as it is.
    pub text: String,
    pub children: Vec<Xml>,
}

impl Xml {
    pub fn write(&self) -> String {
        let mut text = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        self.push(&mut text, 0);
        text
    }

    fn push(&self, text: &mut String, depth: usize) {
        let prefix = if self.signature { "ds" } else { "ceb" };
        let pad = "  ".repeat(depth);
        write!(text, "{pad}<{prefix}:{}{}>", self.name, self.attributes).unwrap();
        text.push_str(&self.text);
        if !self.children.is_empty() {
            text.push('\n');
            for child in &self.children {
                child.push(text, depth + 1);
            }
            text.push_str(&pad);
        }
        writeln!(text, "</{prefix}:{}>", self.name).unwrap();
    }

    /// The element at a path of child numbers.
    pub fn at(&mut self, path: &[usize]) -> &mut Xml {
        path.iter().fold(self, |xml, place| &mut xml.children[*place])
    }

    /// The first element of this name in it, at any depth.
    pub fn find(&mut self, name: &str) -> Option<&mut Xml> {
        if self.name == name {
            return Some(self);
        }
        self.children.iter_mut().find_map(|child| child.find(name))
    }

    /// The paths of all elements in it, itself left out, outermost first.
    pub fn paths(&self) -> Vec<Vec<usize>> {
        let mut paths = Vec::new();
        for (number, child) in self.children.iter().enumerate() {
            paths.push(vec![number]);
            paths.extend(child.paths().into_iter().map(|path| [vec![number], path].concat()));
        }
        paths
    }
}

/// A signature as the schema has it; whose it is, is not looked at.
fn signature() -> Xml {
    let ds = |name: &str, attributes: &str, text: &str, children: Vec<Xml>| Xml {
        name: name.into(),
        signature: true,
        attributes: attributes.into(),
        text: text.into(),
        children,
    };
    let algorithm = " Algorithm=\"http://www.w3.org/2000/09/xmldsig#sha1\"";
    let info = vec![
        ds("CanonicalizationMethod", algorithm, "", vec![]),
        ds("SignatureMethod", algorithm, "", vec![]),
        ds("Reference", " URI=\"\"", "", vec![ds("DigestMethod", algorithm, "", vec![]), ds("DigestValue", "", "AAAA", vec![])]),
    ];
    ds("Signature", "", "", vec![ds("SignedInfo", "", "", info), ds("SignatureValue", "", "AAAA", vec![])])
}

/// A value that follows the table.
pub fn value(element: &Element) -> String {
    if let Preset::Fixed(value) = &element.preset {
        return value.to_string();
    }
    if let Some(value) = element.values.first() {
        return value.to_string();
    }
    match (element.kind, element.form) {
        (Kind::Decimal | Kind::Whole, _) => "1".into(),
        (_, Form::Guid) => "4CDE1CFD-EDED-46B1-946C-B8022E42FC94".into(),
        (_, Form::Day) => "20261125".into(),
        (_, Form::Second) => "20261125103000".into(),
        (_, Form::Millisecond) => "20261125103000123".into(),
        _ => "1".repeat(usize::try_from(element.shortest.max(1)).unwrap()),
    }
}

/// A message with every element once.
pub fn full(forms: &Forms, message: &str) -> Xml {
    let (_, found) = forms.message(message).unwrap();
    let mut xml = group(forms, message, found.entity);
    xml.attributes = String::from(
        " xmlns:ceb=\"http://www.chinaport.gov.cn/ceb\" xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\" guid=\"311AF125-6FED-4603-8C5D-49B1FA4B4B9B\" version=\"1.0\"",
    );
    xml
}

fn group(forms: &Forms, name: &str, entity: usize) -> Xml {
    let children = forms.entities[entity].elements.iter().filter_map(|element| match element.kind {
        Kind::Any => None,
        _ if *element.name == *"Signature" => Some(signature()),
        Kind::Group(inner) => Some(group(forms, &element.name, inner)),
        _ => Some(Xml { name: element.name.to_string(), text: value(element), ..Xml::default() }),
    });
    Xml { name: name.into(), children: children.collect(), ..Xml::default() }
}

impl Xml {
    /// The same with the first element of this name, at any depth, holding another text.
    pub fn with(mut self, name: &str, text: &str) -> Self {
        self.find(name).unwrap_or_else(|| panic!("no {name}")).text = text.into();
        self
    }

    /// The same without the elements of this name, at any depth.
    pub fn without(mut self, name: &str) -> Self {
        self.remove(name);
        self
    }

    fn remove(&mut self, name: &str) {
        self.children.retain(|child| child.name != name);
        self.children.iter_mut().for_each(|child| child.remove(name));
    }

    /// The same with another of the first element of this name after it.
    pub fn with_another(mut self, name: &str, change: impl Fn(Xml) -> Xml) -> Self {
        assert!(self.double(name, &change), "no {name}");
        self
    }

    fn double(&mut self, name: &str, change: &impl Fn(Xml) -> Xml) -> bool {
        if let Some(place) = self.children.iter().position(|child| child.name == name) {
            let copy = change(self.children[place].clone());
            self.children.insert(place + 1, copy);
            return true;
        }
        self.children.iter_mut().any(|child| child.double(name, change))
    }
}

fn set(mut xml: Xml, values: &[(&str, &str)], absent: &[&str]) -> Xml {
    for name in absent {
        xml = xml.without(name);
    }
    values.iter().fold(xml, |xml, (name, text)| xml.with(name, text))
}

/// An order that keeps every rule: two of a face serum from Korea.
pub fn order(forms: &Forms) -> Xml {
    let values = [
        ("guid", "4CDE1CFD-EDED-46B1-946C-B8022E42FC01"),
        ("orderNo", "ORDER-1"),
        ("ebpCode", "PLATFORM"),
        ("ebcCode", "MERCHANT"),
        ("goodsValue", "398"),
        ("freight", "20"),
        ("discount", "0"),
        ("taxTotal", "38.04"),
        ("acturalPaid", "456.04"),
        ("buyerName", "张三"),
        ("buyerTelephone", "13800138000"),
        ("buyerIdNumber", "11010519491231002X"),
        ("consignee", "张三"),
        ("consigneeTelephone", "13800138000"),
        ("consigneeAddress", "浙江省杭州市西湖区文一路一号"),
        ("consigneeDistrict", "330106"),
        ("payCode", "PAYMENT"),
        ("payName", "支付"),
        ("payTransactionId", "PAID-1"),
        ("itemName", "精华液"),
        ("unit", "011"),
        ("qty", "2"),
        ("price", "199"),
        ("totalPrice", "398"),
        ("country", "133"),
    ];
    set(full(forms, "CEB311Message"), &values, &["barCode"])
}

/// The payment of [`order`].
pub fn payment(forms: &Forms) -> Xml {
    let values = [
        ("guid", "4CDE1CFD-EDED-46B1-946C-B8022E42FC02"),
        ("payCode", "PAYMENT"),
        ("payName", "支付"),
        ("payTransactionId", "PAID-1"),
        ("orderNo", "ORDER-1"),
        ("ebpCode", "PLATFORM"),
        ("payerIdNumber", "11010519491231002X"),
        ("payerName", "张三"),
        ("amountPaid", "456.04"),
    ];
    set(full(forms, "CEB411Message"), &values, &[])
}

/// The waybill of [`order`].
pub fn waybill(forms: &Forms) -> Xml {
    let values = [
        ("guid", "4CDE1CFD-EDED-46B1-946C-B8022E42FC03"),
        ("logisticsCode", "CARRIER"),
        ("logisticsNo", "PARCEL-1"),
        ("orderNo", "ORDER-1"),
        ("consignee", "张三"),
        ("consigneeTelephone", "13800138000"),
        ("consigneeAddress", "浙江省杭州市西湖区文一路一号"),
    ];
    set(full(forms, "CEB511Message"), &values, &[])
}

/// The list of [`order`]: sent from Korea to order.
pub fn list(forms: &Forms) -> Xml {
    let values = [
        ("guid", "4CDE1CFD-EDED-46B1-946C-B8022E42FC04"),
        ("orderNo", "ORDER-1"),
        ("ebpCode", "PLATFORM"),
        ("ebcCode", "MERCHANT"),
        ("logisticsNo", "PARCEL-1"),
        ("logisticsCode", "CARRIER"),
        ("assureCode", "MERCHANT"),
        ("agentCode", "AGENT"),
        ("buyerName", "张三"),
        ("buyerTelephone", "13800138000"),
        ("buyerIdNumber", "11010519491231002X"),
        ("consigneeAddress", "浙江省杭州市西湖区文一路一号"),
        ("freight", "20"),
        ("insuredFee", "0"),
        ("grossWeight", "0.3"),
        ("netWeight", "0.1"),
        ("gcode", "3304990039"),
        ("gname", "精华液"),
        ("tradeCountry", "133"),
        ("qty", "2"),
        ("unit", "011"),
        ("qty1", "0.1"),
        ("unit1", "035"),
        ("qty2", "2"),
        ("unit2", "011"),
        ("price", "199"),
        ("totalPrice", "398"),
    ];
    let mut list = set(full(forms, "CEB621Message"), &values, &["barCode", "emsNo", "areaCode", "areaName", "preNo", "invtNo"]);
    for entity in ["InventoryHead", "InventoryList"] {
        let entity = list.find(entity).unwrap();
        *entity = entity.clone().with("country", "133");
    }
    list
}

/// The return of what is on [`list`].
pub fn taken_back(forms: &Forms) -> Xml {
    let values = [
        ("guid", "4CDE1CFD-EDED-46B1-946C-B8022E42FC05"),
        ("orderNo", "ORDER-1"),
        ("ebpCode", "PLATFORM"),
        ("invtNo", "290120261I123456789"),
        ("buyerName", "张三"),
        ("buyerIdType", "1"),
        ("buyerIdNumber", "11010519491231002X"),
        ("gcode", "3304990039"),
        ("gname", "精华液"),
    ];
    let back = set(full(forms, "CEB625Message"), &values, &[]);
    back.with("invtNo", "29012026I123456789")
}
